import type { ApiDocument } from './api-document.ts'
import { answers, type Field, fieldsOf } from './api-fields.ts'
import { requestsOf } from './api-requests.ts'

/** The module of the SDK that says what the API takes and answers. */
export function apiModule({ paths, components }: ApiDocument): string {
  const shapes = answers.map((title) => {
    const schema = components.schemas[title]
    if (!schema) throw new Error(`The document has no schema ${title}.`)
    return { title, words: schema.description ?? '', fields: fieldsOf(title, schema, components.schemas) }
  })
  const requests = Object.entries(paths).flatMap(([path, methods]) =>
    Object.values(methods).map((operation) => requestsOf(path, operation)),
  )
  return `// Made from the server's document of OpenAPI by \`npm run api -w sdk\`: what is changed here is lost.

import type { Image } from './image.ts'

${shapes.map(({ title, words, fields }) => answerType(title, words, fields)).join('\n\n')}

${requests.join('')}/** @internal What answers are read as, by name. */
export interface Answers {
${answers.map((title) => `readonly ${title}: ${title}`).join('\n')}
}

/** @internal Their fields by kind, as answers.ts reads them; \`!\` marks what an answer must have. */
export const shapes = {
${shapes.map(({ title, fields }) => `${title}: {\n${kinds(fields)}\n},`).join('\n')}
} as const
`
}

/** Each kind is named once, which keeps the script build small. */
function kinds(fields: readonly Field[]): string {
  const namesOf = (kind: string) => fields.filter((field) => field.kind === kind).map(({ name }) => name)
  return [...new Set(fields.map(({ kind }) => kind))]
    .map((kind) => `${JSON.stringify(kind)}: '${namesOf(kind).join(' ')}',`)
    .join('\n')
}

function answerType(title: string, words: string, fields: readonly Field[]): string {
  const lines = fields.map(
    ({ name, type, isThere, words }) =>
      `/** ${words} */\nreadonly ${name}${isThere ? '' : '?'}: ${type}${isThere ? '' : ' | undefined'}`,
  )
  return `/** ${words} */\nexport interface ${title} {\n${lines.join('\n')}\n}`
}
