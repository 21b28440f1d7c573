// Loaded into a server before its own code (`--require`): while a file called `full` lies in its data folder, nothing more
// can be written into the folder of files, and the system says so as it does when a disk is full.

const { existsSync } = require('node:fs')
const promises = require('node:fs/promises')
const { join } = require('node:path')

const { SAYSO_DATA } = process.env
const { open } = promises

promises.open = async (path, ...rest) => {
  const file = await open(path, ...rest)
  if (!String(path).startsWith(join(SAYSO_DATA, 'files'))) return file
  const { write } = file
  file.write = async (bytes, offset, length, position) => {
    if (!existsSync(join(SAYSO_DATA, 'full')))
      return write.call(file, bytes, offset, length, position)
    // A disk takes what there is room for, and then nothing.
    await write.call(file, bytes, offset, length >> 1, position)
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
  }
  return file
}
require('node:module').syncBuiltinESMExports()
