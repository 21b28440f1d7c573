// Icons of the dashboard. Brought along by it alone.

import Activity from 'lucide-react/icons/activity'
import ArrowDown from 'lucide-react/icons/arrow-down'
import CalendarClock from 'lucide-react/icons/calendar-clock'
import ChartLine from 'lucide-react/icons/chart-line'
import ChevronDown from 'lucide-react/icons/chevron-down'
import ChevronRight from 'lucide-react/icons/chevron-right'
import CircleQuestionMark from 'lucide-react/icons/circle-question-mark'
import CodeXml from 'lucide-react/icons/code-xml'
import Columns3 from 'lucide-react/icons/columns-3'
import Download from 'lucide-react/icons/download'
import ExternalLink from 'lucide-react/icons/external-link'
import FileDiff from 'lucide-react/icons/file-diff'
import Funnel from 'lucide-react/icons/funnel'
import GitBranch from 'lucide-react/icons/git-branch'
import HardDrive from 'lucide-react/icons/hard-drive'
import History from 'lucide-react/icons/history'
import Inbox from 'lucide-react/icons/inbox'
import Link from 'lucide-react/icons/link'
import LogIn from 'lucide-react/icons/log-in'
import Menu from 'lucide-react/icons/menu'
import Minus from 'lucide-react/icons/minus'
import Play from 'lucide-react/icons/play'
import Radio from 'lucide-react/icons/radio'
import Save from 'lucide-react/icons/save'
import Scale from 'lucide-react/icons/scale'
import ScrollText from 'lucide-react/icons/scroll-text'
import Server from 'lucide-react/icons/server'
import Table2 from 'lucide-react/icons/table-2'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import Undo2 from 'lucide-react/icons/undo-2'
import Upload from 'lucide-react/icons/upload'
import UsersRound from 'lucide-react/icons/users-round'
import Webhook from 'lucide-react/icons/webhook'
import { addIcons } from './icon.tsx'

addIcons({
  activity: Activity,
  'arrow-down': ArrowDown,
  calendar: CalendarClock,
  chart: ChartLine,
  'chevron-down': ChevronDown,
  'chevron-right': ChevronRight,
  'circle-help': CircleQuestionMark,
  code: CodeXml,
  columns: Columns3,
  download: Download,
  'external-link': ExternalLink,
  'file-diff': FileDiff,
  filter: Funnel,
  'git-branch': GitBranch,
  'hard-drive': HardDrive,
  history: History,
  inbox: Inbox,
  link: Link,
  'log-in': LogIn,
  menu: Menu,
  minus: Minus,
  play: Play,
  radio: Radio,
  save: Save,
  scale: Scale,
  'scroll-text': ScrollText,
  server: Server,
  table: Table2,
  'triangle-alert': TriangleAlert,
  undo: Undo2,
  upload: Upload,
  'users-round': UsersRound,
  webhook: Webhook,
})
