import { developersScenes } from '../scenes/developers.ts'
import { look } from './look.ts'

look(developersScenes)
