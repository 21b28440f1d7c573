// Tokens that hold at some addresses only, and tokens that were taken back by their id.

import {
  EXPIRED,
  INVALID,
  type Json,
  type Make,
  NO_KEY,
  REVOKED,
  type Row,
  rows,
  type TokenCase,
} from './token-case.ts'

export const ELSEWHERE = 40147

export function bound({ by, now, here, keys }: Make): readonly TokenCase[] {
  const at = (address: unknown, more: Json = {}) =>
    by(keys.full, { 'x-sayso-address': address, ...more })
  const [a = '', b = '', c = ''] = here.split('.')
  const good: Row[] = [
    ['here', at(here), 'ok'],
    ['here, as a list', at([here]), 'ok'],
    ['here among others', at(['198.51.100.1', '2001:db8::1', here]), 'ok'],
    ['the network of one', at(`${here}/32`), 'ok'],
    ['its network', at(`${a}.${b}.${c}.0/24`), 'ok'],
    ['every network', at('0.0.0.0/0'), 'ok'],
    ['here, written as IPv6', at(`::ffff:${here}`), 'ok'],
    ['here, with a capability', at(here, { 'x-ably-capability': '{"room":["*"]}' }), 'ok'],
    ['here, by a former secret', by(keys.old, { 'x-sayso-address': here }), 'ok'],
  ]
  const elsewhere: Row[] = [
    ['elsewhere', at('198.51.100.1'), ELSEWHERE],
    ['elsewhere, as a list', at(['198.51.100.1', '198.51.100.2']), ELSEWHERE],
    ['a neighbour', at(`${a}.${b}.${c}.254`), ELSEWHERE],
    ['a network beside it', at('198.51.100.0/24'), ELSEWHERE],
    ['every IPv6 network', at('::/0'), ELSEWHERE],
    ['the IPv6 loopback', at('::1'), ELSEWHERE],
    ['elsewhere, for somebody', at('198.51.100.1', { 'x-ably-clientId': 'ann' }), ELSEWHERE],
    ['elsewhere, and it has ended', at('198.51.100.1', { exp: now - 1 }), EXPIRED],
    ['here, and it has ended', at(here, { exp: now - 1 }), EXPIRED],
    ['here, of a key that is gone', by(keys.gone, { 'x-sayso-address': here }), NO_KEY],
  ]
  const wrong: readonly (readonly [string, unknown])[] = [
    ['no text', ''],
    ['an empty list', []],
    ['a list in a list', [[here]]],
    ['a number', 2_130_706_433],
    ['null', null],
    ['an object', { address: here }],
    ['a name', 'localhost'],
    ['spaces', ` ${here}`],
    ['a port', `${here}:443`],
    ['leading zeros', '010.0.0.1'],
    ['three parts', '10.0.1'],
    ['one number in hexadecimal', '0x7f000001'],
    ['too many bits', `${here}/33`],
    ['too many bits of IPv6', '::1/129'],
    ['a mapped network', `::ffff:${here}/120`],
    ['bits with a zero before', `${here}/08`],
    ['fewer than no bits', `${here}/-1`],
    ['no bits', `${here}/`],
    ['two networks in one', `${here}/8/8`],
    ['a mask', `${here}/255.255.255.0`],
    ['a zone', 'fe80::1%eth0'],
    ['a star', '*'],
    ['one that is none among good ones', [here, 'anywhere']],
    ['too many', Array.from({ length: 33 }, () => here)],
  ]
  return rows('bound to', [
    ...good,
    ...elsewhere,
    ...wrong.map(([name, address]): Row => [name, at(address), INVALID]),
  ])
}

/** Its key took back the id `lost`. */
export function single({ by, keys, now }: Make): readonly TokenCase[] {
  const of = (body: Json) => by(keys.full, body)
  return rows('taken back by id', [
    ['the one', of({ jti: 'lost' }), REVOKED],
    ['whoever it is for', of({ jti: 'lost', 'x-ably-clientId': 'ann' }), REVOKED],
    ['issued a moment ahead', of({ jti: 'lost', iat: now + 20 }), REVOKED],
    ['of no known issue', of({ jti: 'lost', iat: undefined }), REVOKED],
    ['by a former secret', by(keys.old, { jti: 'lost' }), REVOKED],
    ['another spelling', of({ jti: 'Lost' }), 'ok'],
    ['a longer one', of({ jti: 'lost2' }), 'ok'],
    ['none', of({}), 'ok'],
    ['a clientId that is spelled so', of({ 'x-ably-clientId': 'lost' }), 'ok'],
    ['a mark that is spelled so', of({ 'x-ably-revocation-key': 'lost' }), 'ok'],
    ['the same of another key', by(keys.zero, { jti: 'lost', 'x-sayso-permissions': ['*'] }), 'ok'],
  ])
}
