import { accountScenes } from './account.ts'
import { developersScenes } from './developers.ts'
import { edgeScenes } from './edge.ts'
import { exampleScenes } from './example.ts'
import { loginScenes } from './login.ts'
import type { Scene } from './stage.ts'

/** Everything that people get to see. */
export const scenes: readonly Scene[] = [
  ...loginScenes,
  ...developersScenes,
  ...accountScenes,
  ...edgeScenes,
  ...exampleScenes,
]
