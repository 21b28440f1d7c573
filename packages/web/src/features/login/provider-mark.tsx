// The mark on a provider's button: its own where its owner asks for that, a house for any other.

import '../../ui/more-icons.ts'
import type { ReactNode } from 'react'
import { Icon } from '../../ui/icon.tsx'

export function ProviderMark(props: { readonly id: string }): ReactNode {
  if (props.id !== 'google') return <Icon name="building" />
  return (
    <svg className="ic" viewBox="0 0 24 24" aria-hidden="true">
      <path
        fill="#4285F4"
        d="M22.5 12.2c0-.8-.1-1.5-.2-2.2H12v4.2h5.9a5 5 0 0 1-2.2 3.3v2.8h3.6c2-2 3.2-4.800 3.200-8.100Z"
      />
      <path
        fill="#34A853"
        d="M12 23c3 0 5.500-1 7.300-2.700l-3.600-2.800c-1 .7-2.200 1.100-3.700 1.100-2.900 0-5.300-1.900-6.200-4.500H2.200V17A11 11 0 0 0 12 23Z"
      />
      <path
        fill="#FBBC05"
        d="M5.800 14.100a6.600 6.600 0 0 1 0-4.200V7H2.200a11 11 0 0 0 0 10l3.600-2.900Z"
      />
      <path
        fill="#EA4335"
        d="M12 5.400c1.600 0 3.100.6 4.200 1.700l3.200-3.200A11 11 0 0 0 2.200 7l3.600 2.900C6.700 7.300 9.100 5.400 12 5.400Z"
      />
    </svg>
  )
}
