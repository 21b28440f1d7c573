// The icons of what one can do around a message; they come with the parts that are loaded when first needed.

import {
  Bookmark,
  BookmarkX,
  CircleDot,
  Flag,
  History,
  Link2,
  MessageSquareText,
  Paperclip,
  PinOff,
  Reply,
  SmilePlus,
} from 'lucide-react'
import { addIcons } from '../../../../ui/icon.tsx'
import '../../../../ui/more-icons.ts'

addIcons({
  bookmark: Bookmark,
  'bookmark-x': BookmarkX,
  'circle-dot': CircleDot,
  flag: Flag,
  history: History,
  'message-square-text': MessageSquareText,
  link: Link2,
  paperclip: Paperclip,
  'pin-off': PinOff,
  reply: Reply,
  'smile-plus': SmilePlus,
})
