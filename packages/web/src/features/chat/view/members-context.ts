// What those who are here say of themselves, for what is drawn in rows.

import { createContext } from 'react'
import type { Members } from '../store/presence.ts'

export const MembersContext = createContext<Members>(new Map())
