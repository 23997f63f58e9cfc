import { accountScenes } from '../scenes/account.ts'
import { look } from './look.ts'

look(accountScenes)
