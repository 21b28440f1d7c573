// Processes under measurement: started here, ended with us, their CPU time read from the kernel.

import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/**
 * Starts a Node process and resolves with it and the port its first words name (`…127.0.0.1:<port>`).
 *
 * @param preload a module that is loaded into it before its own; it is told things by `child.send`
 */
export function startNode(file, env, preload) {
  const asked = preload === undefined ? [file] : ['--import', preload, file]
  const child = spawn(process.execPath, asked, {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit', ...(preload === undefined ? [] : ['ipc'])],
  })
  process.on('exit', () => child.kill('SIGKILL'))
  return new Promise((resolve, reject) => {
    let said = ''
    child.stdout.on('data', (chunk) => {
      said += chunk
      const port = /127\.0\.0\.1:(\d+)/.exec(said)?.[1]
      if (port !== undefined) resolve({ child, pid: child.pid, port: Number(port) })
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}: ${said}`)))
  })
}

/** CPU time of all threads of a process so far; seconds. Linux only. */
export function cpuSeconds(pid) {
  const tasks = `/proc/${pid}/task`
  let nanoseconds = 0
  for (const task of readdirSync(tasks)) {
    nanoseconds += Number(readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0])
  }
  return nanoseconds / 1e9
}
