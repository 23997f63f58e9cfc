import { Type } from 'typebox'
import { encodeId } from './ids.ts'
import { value } from './resource.ts'

/** Done to something: its id. */
export const Marked = Type.Object({
  data: Type.Object({ id: Type.String({ description: 'The public id of what it was done to.' }) }),
  success: Type.Literal(true),
})

/** What `Marked` describes. */
export const marked = (id: number) => value({ data: { id: encodeId(id) }, success: true })
