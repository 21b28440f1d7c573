// Icons that the first screen does without. What draws one of them imports this beside it, and is loaded later itself.

import {
  Building2,
  CircleCheck,
  Copy,
  CornerLeftDown,
  CornerUpLeft,
  Ellipsis,
  EyeOff,
  Keyboard,
  Languages,
  Monitor,
  Moon,
  Pencil,
  ShieldPlus,
  Smile,
  Sun,
  UserMinus,
  UserPlus,
} from 'lucide-react'
import { addIcons } from './icon.tsx'

addIcons({
  building: Building2,
  'circle-check': CircleCheck,
  copy: Copy,
  'corner-left-down': CornerLeftDown,
  'corner-up-left': CornerUpLeft,
  ellipsis: Ellipsis,
  'eye-off': EyeOff,
  keyboard: Keyboard,
  languages: Languages,
  monitor: Monitor,
  moon: Moon,
  pencil: Pencil,
  'shield-plus': ShieldPlus,
  smile: Smile,
  sun: Sun,
  'user-minus': UserMinus,
  'user-plus': UserPlus,
})
