import { describe, expect, test } from 'vitest'
import { loginHref, routeOf } from './route.ts'

describe('route', () => {
  test('the pages of the app', () => {
    expect(routeOf('/')).toEqual({ screen: 'home' })
    expect(routeOf('/chat')).toEqual({ screen: 'chat', pane: 'conversation' })
    expect(routeOf('/chat/lobby?pane=people')).toEqual({
      screen: 'chat',
      channelKey: 'lobby',
      pane: 'people',
    })
    expect(routeOf('/setup?token=abc')).toEqual({ screen: 'setup', token: 'abc' })
    expect(routeOf('/login?invite=xyz')).toEqual({ screen: 'login', next: '/', invitation: 'xyz' })
    expect(routeOf('/forgot')).toEqual({ screen: 'forgot' })
    expect(routeOf('/reset#a%2Fb')).toEqual({ screen: 'reset', token: 'a/b' })
    expect(routeOf('/confirm')).toEqual({ screen: 'confirm' })
    expect(routeOf('/nowhere')).toEqual({ screen: 'lost' })
    expect(routeOf('/chat/a/b')).toEqual({ screen: 'lost' })
  })

  test('a channel key is one encoded segment', () => {
    expect(routeOf('/chat/a%2Fb%20c')).toMatchObject({ channelKey: 'a/b c' })
    expect(routeOf('/chat/%E0%A4%A')).toMatchObject({ channelKey: '%E0%A4%A' })
  })

  test('a message to open at, and a thread beside it', () => {
    expect(routeOf('/chat/lobby?at=s1')).toMatchObject({ pane: 'conversation', at: 's1' })
    expect(routeOf('/chat/lobby?pane=thread&thread=s2')).toMatchObject({
      pane: 'thread',
      thread: 's2',
    })
  })

  test('an unknown pane is the conversation', () => {
    expect(routeOf('/chat/lobby?pane=cellar')).toMatchObject({ pane: 'conversation' })
  })

  test('the dashboard: a screen, what is open in it, how it is looked at', () => {
    expect(routeOf('/admin')).toEqual({ screen: 'admin', path: [], query: {} })
    expect(routeOf('/admin/people/a%2Fb?sort=-name')).toEqual({
      screen: 'admin',
      path: ['people', 'a/b'],
      query: { sort: '-name' },
    })
  })

  test('signing in leads back', () => {
    expect(loginHref('/')).toBe('/login')
    const href = loginHref('/chat/lobby?pane=people')
    expect(routeOf(href)).toMatchObject({ next: '/chat/lobby?pane=people' })
  })

  test.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    'chat',
    '/..//evil.example',
  ])('signing in never leads elsewhere: %s', (next) => {
    const route = routeOf(`/login?next=${encodeURIComponent(next)}`)
    expect(route.screen === 'login' && new URL(route.next, 'http://here').origin).toBe(
      'http://here',
    )
  })
})
