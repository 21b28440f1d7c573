// `npm start`: settings from the environment, one server, a clean end.

import { pathToFileURL } from 'node:url'
import { type Running, start } from './main.ts'
import { readSettings, SettingsInvalid } from './settings.ts'
import { settingsHelp } from './settings-table.ts'

const print = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

export async function main(args: readonly string[]): Promise<void> {
  if (args.includes('--help') || args.includes('-h')) return print(settingsHelp())
  const running = await start(readSettings(process.env))
  // One write: whoever reads this from a pipe gets it whole.
  print(greeting(running))
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

function greeting({ url, setUpUrl, firstKey }: Running): string {
  const lines = ['', `  Sayso is running at ${url}`, '']
  if (setUpUrl !== undefined)
    lines.push('  Become the owner (works once, for a day):', `    ${setUpUrl}`, '')
  if (firstKey !== undefined)
    lines.push('  First API key (shown once; it may do everything):', `    ${firstKey}`, '')
  return lines.join('\n')
}

function fail(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error)
  const more =
    error instanceof SettingsInvalid || !(error instanceof Error) ? '' : `\n${error.stack ?? ''}`
  process.stderr.write(
    `Sayso did not start:\n${message}${process.env.SAYSO_LOG === 'debug' ? more : ''}\n`,
  )
  process.exit(1)
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main(process.argv.slice(2)).catch(fail)
}
