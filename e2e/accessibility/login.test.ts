import { loginScenes } from '../scenes/login.ts'
import { look } from './look.ts'

look(loginScenes)
