// For apps of tests that keep no files.

import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const NO_FILES = {
  folder: join(tmpdir(), 'sayso-no-files'),
  limits: { maxBytes: 0, totalBytes: 0, perHour: 0 },
  links: { isOn: false, trustedOrigins: [] },
}
