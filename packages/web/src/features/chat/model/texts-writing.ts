// What the aids of the composer say: completion, formatting, preview, commands.

import { words } from '../../../ui/words.ts'

export const writingTexts = words('writing', {
  completion: 'Suggestions',
  chosen: (name: string, place: number, count: number) => `${name}, ${place} of ${count}`,
  everyone: 'Everyone in this channel',
  rolePeople: (count: number) => (count === 1 ? '1 person' : `${count} people`),
  callsMany: (count: number) => `This calls ${count} people.`,
  format: 'Formatting',
  formats: {
    strong: 'Bold',
    emphasis: 'Italic',
    strike: 'Struck through',
    code: 'Code',
    link: 'Link',
    list: 'List',
    quote: 'Quote',
    block: 'Block of code',
  },
  preview: 'Preview',
  previewHint: 'Show how it will look',
  needs: (name: string, takes: string) => `Write it as /${name} followed by: ${takes}.`,
  emoji: 'Emoji',
  edit: 'Edit message',
  editHint: (isByEnter: boolean): string =>
    isByEnter
      ? 'Enter saves, Escape keeps it as it was.'
      : 'Ctrl+Enter saves, Escape keeps it as it was.',
  cancel: 'Cancel',
  save: 'Save',
  newVersion: {
    title: 'A newer version is here',
    text: 'Reload the page when it suits you. Nothing you have written is lost.',
  },
  commands: {
    shrug: 'Add a shrug',
    shrugTakes: 'text',
    topic: 'Change what this channel is about',
    topicTakes: 'what about',
  },
})
