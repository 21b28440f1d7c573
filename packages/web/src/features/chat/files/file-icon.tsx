// Icons of kinds of files. They are loaded with the files, not with the page.

import {
  Download,
  FileArchive,
  FileAudio,
  FileImage,
  File as FileOther,
  FileText,
  FileVideo,
  type LucideIcon,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { type FileKind, kindOf } from '../model/files.ts'

const ICONS: Readonly<Record<FileKind, LucideIcon>> = {
  image: FileImage,
  audio: FileAudio,
  video: FileVideo,
  archive: FileArchive,
  text: FileText,
  paper: FileText,
  other: FileOther,
}

export function DownloadIcon(): ReactNode {
  return <Download className="ic" size={18} strokeWidth={1.75} aria-hidden />
}

export function FileIcon(props: { readonly type: string }): ReactNode {
  const Shape = ICONS[kindOf(props.type)]
  return (
    <span className="file-icon" data-kind={kindOf(props.type)}>
      <Shape className="ic" size={20} strokeWidth={1.75} aria-hidden />
    </span>
  )
}
