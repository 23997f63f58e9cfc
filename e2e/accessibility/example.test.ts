import { exampleScenes } from '../scenes/example.ts'
import { inLightAndDark, look } from './look.ts'

look(exampleScenes, inLightAndDark)
