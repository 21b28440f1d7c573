// Loaded into a server before its own code (`--require`): at SIGUSR2 it collects garbage and says what is still held.

const { setFlagsFromString } = require('node:v8')
const { runInNewContext } = require('node:vm')
const { isMainThread } = require('node:worker_threads')

if (isMainThread) {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc')
  process.on('SIGUSR2', () => {
    collect()
    collect()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    process.stdout.write(`buffers: ${arrayBuffers}\nheap: ${heapUsed}\n`)
  })
}
