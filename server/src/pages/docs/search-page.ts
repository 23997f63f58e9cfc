import { json, type Reply, type Request } from '../../http/message.ts'
import { readForm } from '../../http/params.ts'
import { pageOf, render } from '../render.ts'
import { browserOf } from '../session/browser.ts'
import type { DocsDeps } from './docs-deps.ts'
import { readIndex, type SearchIndex, search } from './search-index.ts'
import { searchPage } from './search-page.tsx'
import { siteOf } from './site.ts'

const hitsOfPage = 20

/** `GET /docs/search`: the search of the documentation, for browsers that run no script. */
export function searchDocs(deps: DocsDeps): (request: Request) => Reply {
  let index: SearchIndex | undefined
  return (request) => {
    index ??= readIndex(deps.docs().index)
    const words = readForm(request.query).get('q') ?? ''
    const hits = search(index, words, hitsOfPage)
    return render(200, searchPage({ page: pageOf(deps), site: siteOf(deps), words, hits }), null, [], 'run')
  }
}

/** `GET /docs/search.json`: what a page searches in by itself. */
export function searchIndexFile({ docs }: DocsDeps): Reply {
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'public, max-age=300',
  }
  return { status: 200, headers, body: docs().index }
}

/** `GET /docs/keys.json`: the apps of who is signed in, whose keys the page fills into its snippets. */
export async function keysOfReader(request: Request, deps: DocsDeps): Promise<Reply> {
  const { session } = await browserOf(request, deps)
  const apps = session === undefined ? [] : await deps.store.listAppsOf(session.user.id)
  const own = apps.map(({ name, apiKey }) => ({ name, apiKey }))
  const sample = deps.developmentApp === null ? [] : [{ name: 'the sample app', apiKey: deps.developmentApp }]
  return json(200, { apps: [...own, ...sample] })
}
