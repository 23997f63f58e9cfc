// What is used of the driver, and no more.
declare module 'pg' {
  export interface QueryConfig {
    readonly text: string
    /** Prepares the statement under this name and keeps it. */
    readonly name?: string | undefined
    readonly values?: readonly (string | number | Uint8Array | null)[]
  }

  export interface QueryResult {
    readonly command: string
    readonly rowCount: number | null
    readonly rows: readonly unknown[]
  }

  export interface PoolClient {
    query(config: QueryConfig): Promise<QueryResult>
    /** Gives the connection back, or ends it. */
    release(destroy?: boolean): void
  }

  export interface PoolConfig {
    readonly connectionString: string
    readonly max?: number
    readonly connectionTimeoutMillis?: number
    readonly idleTimeoutMillis?: number
    readonly query_timeout?: number
    readonly keepAlive?: boolean
    readonly application_name?: string
    /** Sends statements without waiting for the answers of those before. */
    readonly pipeline?: boolean
    readonly types?: { getTypeParser(oid: number): (text: string) => unknown }
  }

  export class Pool {
    constructor(config: PoolConfig)
    readonly totalCount: number
    readonly idleCount: number
    readonly waitingCount: number
    connect(): Promise<PoolClient>
    end(): Promise<void>
    on(event: 'error', listener: (error: Error) => void): this
  }

  const driver: { readonly Pool: typeof Pool }
  export default driver
}
