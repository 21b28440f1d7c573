// The chat's German, by the names of the parts. Whoever adds a part adds it here.

import { shortcutTextsDe } from './keys/texts.de.ts'
import { grammarDe } from './model/grammar.de.ts'
import { textsDe } from './model/texts.de.ts'
import { aroundTextsDe } from './model/texts-around.de.ts'
import { attachTextsDe } from './model/texts-attach.de.ts'
import { commandTextsDe } from './model/texts-commands.de.ts'
import { composerTextsDe } from './model/texts-composer.de.ts'
import { connectionTextsDe } from './model/texts-connection.de.ts'
import { emojiTextsDe } from './model/texts-emoji.de.ts'
import { fileTextsDe } from './model/texts-files.de.ts'
import { findingTextsDe } from './model/texts-finding.de.ts'
import { listTextsDe } from './model/texts-list.de.ts'
import { liveTextsDe } from './model/texts-live.de.ts'
import { noticeTextsDe } from './model/texts-notices.de.ts'
import { notifyTextsDe } from './model/texts-notify.de.ts'
import { peopleTextsDe } from './model/texts-people.de.ts'
import { railTextsDe } from './model/texts-rail.de.ts'
import { rightsTextsDe } from './model/texts-rights.de.ts'
import { unreadTextsDe } from './model/texts-unread.de.ts'
import { whoTextsDe } from './model/texts-who.de.ts'
import { writingTextsDe } from './model/texts-writing.de.ts'

export const chatDe = {
  chat: textsDe,
  'chat-around': aroundTextsDe,
  grammar: grammarDe,
  finding: findingTextsDe,
  unread: unreadTextsDe,
  notices: noticeTextsDe,
  notify: notifyTextsDe,
  connection: connectionTextsDe,
  list: listTextsDe,
  live: liveTextsDe,
  commands: commandTextsDe,
  composer: composerTextsDe,
  writing: writingTextsDe,
  emoji: emojiTextsDe,
  people: peopleTextsDe,
  who: whoTextsDe,
  rail: railTextsDe,
  rights: rightsTextsDe,
  shortcuts: shortcutTextsDe,
  attach: attachTextsDe,
  files: fileTextsDe,
}
