// Icons by the names views and policies give them. An unknown name falls back, so that a new glyph never breaks a screen.

import {
  ArrowUp,
  AtSign,
  Ban,
  Bell,
  Bot,
  Building2,
  Check,
  ChevronLeft,
  Circle,
  CircleAlert,
  CircleCheck,
  CircleUserRound,
  Copy,
  CornerLeftDown,
  CornerUpLeft,
  Ellipsis,
  Eye,
  EyeOff,
  Hash,
  Headset,
  Info,
  Keyboard,
  KeyRound,
  Languages,
  Lock,
  LogOut,
  type LucideIcon,
  Megaphone,
  MessageCircle,
  MessageSquareOff,
  MessagesSquare,
  Monitor,
  Moon,
  Pencil,
  Plus,
  RotateCw,
  Search,
  Shield,
  ShieldCheck,
  ShieldMinus,
  ShieldPlus,
  SlidersHorizontal,
  Smile,
  Sun,
  Timer,
  Trash2,
  Unplug,
  UserMinus,
  UserPlus,
  Users,
  X,
} from 'lucide-react'
import type { ReactNode } from 'react'

const ICONS: Record<string, LucideIcon> = {
  'arrow-up': ArrowUp,
  'at-sign': AtSign,
  ban: Ban,
  bell: Bell,
  bot: Bot,
  building: Building2,
  check: Check,
  'chevron-left': ChevronLeft,
  circle: Circle,
  'circle-alert': CircleAlert,
  'circle-check': CircleCheck,
  'circle-user': CircleUserRound,
  copy: Copy,
  'corner-left-down': CornerLeftDown,
  'corner-up-left': CornerUpLeft,
  ellipsis: Ellipsis,
  eye: Eye,
  'eye-off': EyeOff,
  hash: Hash,
  headset: Headset,
  info: Info,
  keyboard: Keyboard,
  'key-round': KeyRound,
  languages: Languages,
  lock: Lock,
  'log-out': LogOut,
  megaphone: Megaphone,
  'message-circle': MessageCircle,
  'message-square-off': MessageSquareOff,
  'messages-square': MessagesSquare,
  monitor: Monitor,
  moon: Moon,
  pencil: Pencil,
  plus: Plus,
  'rotate-cw': RotateCw,
  search: Search,
  shield: Shield,
  'shield-check': ShieldCheck,
  'shield-minus': ShieldMinus,
  'shield-plus': ShieldPlus,
  'sliders-horizontal': SlidersHorizontal,
  smile: Smile,
  sun: Sun,
  timer: Timer,
  trash: Trash2,
  unplug: Unplug,
  'user-minus': UserMinus,
  'user-plus': UserPlus,
  users: Users,
  x: X,
}

/** Icons that only a part needs which is loaded later: its module brings them along. */
export function addIcons(icons: Readonly<Record<string, LucideIcon>>): void {
  Object.assign(ICONS, icons)
}

export type IconSize = 's' | 'm' | 'l'

/** A decorative icon; what it means must stand beside it in words or in a label. */
export function Icon(props: {
  readonly name: string | undefined
  readonly fallback?: string
  readonly size?: IconSize
}): ReactNode {
  const Glyph = ICONS[props.name ?? ''] ?? ICONS[props.fallback ?? ''] ?? Circle
  return <Glyph className={`ic ${props.size ?? 'm'}`} aria-hidden="true" />
}
