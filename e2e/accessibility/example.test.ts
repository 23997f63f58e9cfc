import { exampleScenes } from '../scenes/example.ts'
import { look } from './look.ts'

look(exampleScenes)
