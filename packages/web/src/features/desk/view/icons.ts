// Icons of the desk. Brought along by it alone.

import ArrowDownToLine from 'lucide-react/icons/arrow-down-to-line'
import BookMarked from 'lucide-react/icons/book-marked'
import ChartColumn from 'lucide-react/icons/chart-column'
import CheckCheck from 'lucide-react/icons/check-check'
import CircleDot from 'lucide-react/icons/circle-dot'
import CircleMinus from 'lucide-react/icons/circle-minus'
import Clock from 'lucide-react/icons/clock'
import Contact from 'lucide-react/icons/contact-round'
import DoorOpen from 'lucide-react/icons/door-open'
import Funnel from 'lucide-react/icons/funnel'
import Globe from 'lucide-react/icons/globe'
import Hand from 'lucide-react/icons/hand'
import Inbox from 'lucide-react/icons/inbox'
import Link from 'lucide-react/icons/link'
import MoonStar from 'lucide-react/icons/moon-star'
import PanelRight from 'lucide-react/icons/panel-right'
import Paperclip from 'lucide-react/icons/paperclip'
import SendHorizontal from 'lucide-react/icons/send-horizontal'
import SquareCode from 'lucide-react/icons/square-code'
import Star from 'lucide-react/icons/star'
import StickyNote from 'lucide-react/icons/sticky-note'
import Tag from 'lucide-react/icons/tag'
import Undo2 from 'lucide-react/icons/undo-2'
import UserRoundCheck from 'lucide-react/icons/user-round-check'
import UserRoundX from 'lucide-react/icons/user-round-x'
import UsersRound from 'lucide-react/icons/users-round'
import { addIcons } from '../../../ui/icon.tsx'

addIcons({
  'arrow-down-to-line': ArrowDownToLine,
  'book-marked': BookMarked,
  'chart-column': ChartColumn,
  'check-check': CheckCheck,
  'circle-dot': CircleDot,
  'circle-minus': CircleMinus,
  clock: Clock,
  contact: Contact,
  'door-open': DoorOpen,
  filter: Funnel,
  globe: Globe,
  hand: Hand,
  inbox: Inbox,
  link: Link,
  'moon-star': MoonStar,
  paperclip: Paperclip,
  'panel-right': PanelRight,
  'send-horizontal': SendHorizontal,
  'square-code': SquareCode,
  star: Star,
  'sticky-note': StickyNote,
  tag: Tag,
  undo: Undo2,
  'user-check': UserRoundCheck,
  'user-x': UserRoundX,
  'users-round': UsersRound,
})
