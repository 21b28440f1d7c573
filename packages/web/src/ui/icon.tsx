// Icons by the names views and policies give them. An unknown name falls back, so that a new glyph never breaks a screen.
// One by one: through the package's index, whatever any part draws would count as needed at once.

import type { LucideIcon } from 'lucide-react'
import ArrowUp from 'lucide-react/icons/arrow-up'
import AtSign from 'lucide-react/icons/at-sign'
import Ban from 'lucide-react/icons/ban'
import Bell from 'lucide-react/icons/bell'
import Bot from 'lucide-react/icons/bot'
import Check from 'lucide-react/icons/check'
import ChevronLeft from 'lucide-react/icons/chevron-left'
import Circle from 'lucide-react/icons/circle'
import CircleAlert from 'lucide-react/icons/circle-alert'
import CircleUserRound from 'lucide-react/icons/circle-user-round'
import Eye from 'lucide-react/icons/eye'
import Hash from 'lucide-react/icons/hash'
import Headset from 'lucide-react/icons/headset'
import Info from 'lucide-react/icons/info'
import KeyRound from 'lucide-react/icons/key-round'
import Lock from 'lucide-react/icons/lock'
import LogOut from 'lucide-react/icons/log-out'
import Megaphone from 'lucide-react/icons/megaphone'
import MessageCircle from 'lucide-react/icons/message-circle'
import MessageSquareOff from 'lucide-react/icons/message-square-off'
import MessagesSquare from 'lucide-react/icons/messages-square'
import Pin from 'lucide-react/icons/pin'
import Plus from 'lucide-react/icons/plus'
import RotateCw from 'lucide-react/icons/rotate-cw'
import Search from 'lucide-react/icons/search'
import Shield from 'lucide-react/icons/shield'
import ShieldCheck from 'lucide-react/icons/shield-check'
import ShieldMinus from 'lucide-react/icons/shield-minus'
import SlidersHorizontal from 'lucide-react/icons/sliders-horizontal'
import Timer from 'lucide-react/icons/timer'
import Trash2 from 'lucide-react/icons/trash-2'
import Unplug from 'lucide-react/icons/unplug'
import Users from 'lucide-react/icons/users'
import X from 'lucide-react/icons/x'
import type { ReactNode } from 'react'

const ICONS: Record<string, LucideIcon> = {
  'arrow-up': ArrowUp,
  'at-sign': AtSign,
  ban: Ban,
  bell: Bell,
  bot: Bot,
  check: Check,
  'chevron-left': ChevronLeft,
  circle: Circle,
  'circle-alert': CircleAlert,
  'circle-user': CircleUserRound,
  eye: Eye,
  hash: Hash,
  headset: Headset,
  info: Info,
  'key-round': KeyRound,
  lock: Lock,
  'log-out': LogOut,
  megaphone: Megaphone,
  'message-circle': MessageCircle,
  'message-square-off': MessageSquareOff,
  'messages-square': MessagesSquare,
  pin: Pin,
  plus: Plus,
  'rotate-cw': RotateCw,
  search: Search,
  shield: Shield,
  'shield-check': ShieldCheck,
  'shield-minus': ShieldMinus,
  'sliders-horizontal': SlidersHorizontal,
  timer: Timer,
  trash: Trash2,
  unplug: Unplug,
  users: Users,
  x: X,
}

/** Icons that only a part needs which is loaded later: its module brings them along. */
export function addIcons(icons: Readonly<Record<string, LucideIcon>>): void {
  Object.assign(ICONS, icons)
  drawn.clear()
}

/** The same element for the same icon: React goes no further where nothing has changed. */
const drawn = new Map<string, ReactNode>()

export type IconSize = 's' | 'm' | 'l'

/** A decorative icon; what it means must stand beside it in words or in a label. */
export function Icon(props: {
  readonly name: string | undefined
  readonly fallback?: string
  readonly size?: IconSize
}): ReactNode {
  const { name = '', fallback = '', size = 'm' } = props
  const key = `${name} ${fallback} ${size}`
  const known = drawn.get(key)
  if (known !== undefined) return known
  const Glyph = ICONS[name] ?? ICONS[fallback] ?? Circle
  const icon = <Glyph className={`ic ${size}`} aria-hidden="true" />
  drawn.set(key, icon)
  return icon
}
