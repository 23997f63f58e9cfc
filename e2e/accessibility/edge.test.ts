import { edgeScenes } from '../scenes/edge.ts'
import { look } from './look.ts'

look(edgeScenes)
