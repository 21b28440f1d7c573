// The commands that belong to writing itself.

import { registerCommand } from '../../model/commands.ts'
import { writingTexts } from '../../model/texts-writing.ts'

registerCommand({
  name: 'shrug',
  title: () => writingTexts.commands.shrug,
  takes: () => writingTexts.commands.shrugTakes,
  run: (text, { send }) => send(`${text} ¯\\\\\\_(ツ)_/¯`.trim()),
})

registerCommand({
  name: 'topic',
  title: () => writingTexts.commands.topic,
  takes: () => writingTexts.commands.topicTakes,
  needsText: true,
  action: 'configure',
  run: (about, { api, channelKey }) => api.describeChannel(channelKey, { about }),
})
