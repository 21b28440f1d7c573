// The icons of what one can do around a message; they come with the parts that are loaded when first needed.

import { Link2, Pin, PinOff, Reply, Smile, SmilePlus } from 'lucide-react'
import { addIcons } from '../../../../ui/icon.tsx'

addIcons({
  link: Link2,
  pin: Pin,
  'pin-off': PinOff,
  reply: Reply,
  smile: Smile,
  'smile-plus': SmilePlus,
})
