import { historyTables } from './history-tables.ts'
import { importTables } from './import-tables.ts'

/** The newest of the migrations, in their order: the next one is added here. */
export const laterMigrations: readonly string[] = [importTables, historyTables]
