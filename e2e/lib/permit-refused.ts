// What a refused call of the stock `permitio` client tells its user.

import { PermitApiError } from 'permitio'
import { expect } from 'vitest'

/** The status and code behind it; the message of the error is that of the body. */
export async function refused(
  call: Promise<unknown>,
): Promise<readonly [number | undefined, string | undefined]> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(PermitApiError)
  const { response, message } = error as PermitApiError<unknown>
  const body = response?.data as { error_code?: string; message?: string } | undefined
  expect(message).toBe(body?.message)
  return [response?.status, body?.error_code]
}
