// What ours is compared with: the usual fan-out on `ws`. It says CONNECTED and ATTACHED so that the same load fits, and
// relays what it receives as it is. It keeps nothing, decides nothing and acknowledges nothing, which is in its favour.
//
// PEER_WRITE=naive   `ws.send` for every subscriber
// PEER_WRITE=shared  one finished frame, written to every subscriber's socket

import { WebSocketServer } from 'ws'

const ATTACH = '{"action":10'
const subscribers = new Set()

const naive = (data) => {
  for (const { ws } of subscribers) ws.send(data, { binary: false })
}

const shared = (data) => {
  const frame = Buffer.alloc((data.length < 126 ? 2 : 4) + data.length)
  frame[0] = 0x81
  if (data.length < 126) frame[1] = data.length
  else {
    frame[1] = 126
    frame.writeUInt16BE(data.length, 2)
  }
  data.copy(frame, frame.length - data.length)
  for (const { socket } of subscribers) socket.write(frame)
}

const relay = process.env.PEER_WRITE === 'shared' ? shared : naive
const options = { port: 0, host: '127.0.0.1', backlog: 4096, perMessageDeflate: false }
const server = new WebSocketServer(options, () => {
  process.stdout.write(`peer at 127.0.0.1:${server.address().port}\n`)
})
server.on('connection', (ws, { socket }) => {
  const subscriber = { ws, socket }
  ws.send('{"action":4}')
  ws.on('message', (data) => {
    if (data.indexOf(ATTACH) !== 0) return relay(data)
    const { channel } = JSON.parse(data.toString())
    subscribers.add(subscriber)
    ws.send(JSON.stringify({ action: 11, channel }))
  })
  ws.on('close', () => subscribers.delete(subscriber))
})
