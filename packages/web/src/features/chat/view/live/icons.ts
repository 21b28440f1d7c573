// The icons of what is live; they come with the parts that are loaded when first needed.

import { BellOff, BellRing, CircleDashed, CircleDot, CircleMinus } from 'lucide-react'
import { addIcons } from '../../../../ui/icon.tsx'
import '../../../../ui/more-icons.ts'

addIcons({
  'bell-off': BellOff,
  'bell-ring': BellRing,
  'circle-dashed': CircleDashed,
  'circle-dot': CircleDot,
  'circle-minus': CircleMinus,
})
