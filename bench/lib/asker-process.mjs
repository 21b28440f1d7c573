// Asks for decisions over HTTP in a process of its own, one question after the other on each of a few kept connections.

import { Agent, request } from 'node:http'

const CONNECTIONS = 8

process.on('message', async ({ port, path, body, key, wanted, ms }) => {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const text = JSON.stringify(body)
  const headers = {
    authorization: `Bearer ${key}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  }
  const endsAt = performance.now() + ms
  const latencies = []
  const one = () => ask({ agent, port, path, method: 'POST', host: '127.0.0.1', headers }, text)
  const line = async () => {
    while (performance.now() < endsAt) {
      const sentAt = performance.now()
      const { answer, retryAfter } = await one()
      if (retryAfter !== undefined) {
        // Asked too much for its share: waits as it is told, but not beyond the end.
        const left = endsAt - performance.now()
        await new Promise((resolve) => setTimeout(resolve, Math.min(retryAfter * 1000, left)))
        continue
      }
      if (answer !== wanted && JSON.stringify(JSON.parse(answer, without)) !== wanted) {
        throw new Error(`${path} answered ${answer.slice(0, 300)}`)
      }
      latencies.push(performance.now() - sentAt)
    }
  }
  try {
    await Promise.all(Array.from({ length: CONNECTIONS }, line))
    process.send({ latencies })
  } catch (error) {
    process.send({ error: error.message })
  }
  agent.destroy()
})

/** Reasons and revisions are not what is compared. */
function without(name, value) {
  return name === 'context' || name === 'debug' || name === 'query' ? undefined : value
}

function ask(options, text) {
  return new Promise((resolve, reject) => {
    const sent = request(options, (response) => {
      const chunks = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('end', () => {
        const answer = Buffer.concat(chunks).toString()
        if (response.statusCode === 200) resolve({ answer })
        else if (response.statusCode === 429)
          resolve({ retryAfter: Number(response.headers['retry-after']) })
        else reject(new Error(`${options.path}: ${response.statusCode} ${answer}`))
      })
    })
    sent.on('error', reject)
    sent.end(text)
  })
}
