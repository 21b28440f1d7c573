// Says so when a note names the reader, and leads there.

import { useNavigate } from '../../../ui/navigation.tsx'
import { useSay } from '../../../ui/notices.tsx'
import { type DeskAddress, deskHref, kept } from '../model/address.ts'
import { texts } from '../model/texts.ts'
import { useNews } from '../store/use-news.ts'

export function MentionNotices({ address }: { readonly address: DeskAddress }): null {
  const say = useSay()
  const navigate = useNavigate()
  useNews((news) => {
    if (news.kind !== 'mention' || news.key === address.open) return
    const href = deskHref('inbox', news.key, { ...kept(address), view: address.query.view })
    const action = { label: texts.mentioned.open, onClick: () => navigate(href) }
    say({ tone: 'good', title: texts.mentioned.title(news.by.name), action })
  })
  return null
}
