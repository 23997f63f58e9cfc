/** A run of kills whose choices come from one seed, so that one that failed can be made again. */
export interface Soak {
  readonly kills: number
  /** A number from 0 to 1, the next of the seed's. */
  random(): number
  /**
   * Runs one kill and what is looked at after it.
   * @param facts what was answered until then, for the words of a failure
   * @throws Error naming the kill, the seed, the facts, what was found, and how to make the same choices again
   */
  kill<T>(number: number, facts: () => unknown, run: () => Promise<T>): Promise<T>
  /** Prints what a long run came to; a short one says nothing, neither here nor on its way. */
  tell(figures: Readonly<Record<string, unknown>>): void
}

const toldEvery = 25

/**
 * The kills of a test: as many as `SOAK_KILLS` says, from the seed `SOAK_SEED`.
 * @param file the test, as vitest is told it
 * @param few how many there are where nothing says
 */
export function soakOf(file: string, few: number): Soak {
  const { SOAK_KILLS, SOAK_SEED } = process.env
  const kills = Number(SOAK_KILLS ?? few)
  const seed = Number(SOAK_SEED ?? Math.floor(Math.random() * 2 ** 32))
  const begun = performance.now()
  const seconds = () => Math.round((performance.now() - begun) / 1000)
  const isLong = SOAK_KILLS !== undefined
  return {
    kills,
    random: randomOf(seed),
    async kill(number, facts, run) {
      try {
        const answer = await run()
        if (isLong && (number + 1) % toldEvery === 0)
          console.log(`${file}: ${number + 1} of ${kills} kills after ${seconds()} s`)
        return answer
      } catch (error) {
        const after = `Kill ${number + 1} of ${kills} after ${seconds()} s`
        const again = `SOAK_SEED=${seed} SOAK_KILLS=${kills} npx vitest run --project server ${file}`
        const told = [
          `${after}: ${error}`,
          `Answered: ${JSON.stringify(facts(), null, 2)}`,
          `Again: ${again}`,
        ]
        console.error(told.join('\n'))
        throw new Error(told.join('\n'), { cause: error })
      }
    },
    tell(figures) {
      if (isLong) console.log(`${file}: ${JSON.stringify({ kills, seed, seconds: seconds(), ...figures })}`)
    },
  }
}

/** The xorshift of Marsaglia (2003) with 32 bits: good enough to choose moments. */
function randomOf(seed: number): () => number {
  let state = seed | 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}
