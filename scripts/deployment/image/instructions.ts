/** An instruction of a Dockerfile, its continued lines joined. */
export interface Instruction {
  readonly name: string
  readonly rest: string
}

/** The instructions of a Dockerfile in their order, without its comments. */
export function instructionsOf(text: string): readonly Instruction[] {
  const lines = text.split('\n').filter((line) => !/^\s*(?:#|$)/.test(line))
  const joined = lines.join('\n').replaceAll(/\\\n\s*/g, '')
  return joined.split('\n').map((line) => {
    const [name = '', ...rest] = line.split(' ')
    return { name, rest: rest.join(' ') }
  })
}

/** What an image is started with, and how it is looked at. */
export interface Stage {
  readonly base: string
  /** Other stages copy from it by this name. */
  readonly name: string
  /** RUN and COPY, each with the folder that it happens in. */
  readonly steps: readonly (Instruction & { readonly folder: string })[]
  readonly environment: Readonly<Record<string, string>>
  readonly folder: string
  readonly user: string
  readonly volumes: readonly string[]
  readonly command: readonly string[]
  /** Its HEALTHCHECK. */
  readonly health: readonly string[]
}

/** The stages of a Dockerfile: the last is the image. @throws SyntaxError for a list that is none */
export function stagesOf(text: string): readonly Stage[] {
  const all = instructionsOf(text)
  const starts = all.flatMap(({ name }, at) => (name === 'FROM' ? [at] : []))
  return starts.map((start, n) => {
    const [base = '', , name = ''] = all[start]?.rest.split(' ') ?? []
    return { base, name, ...stageOf(all.slice(start + 1, starts[n + 1])) }
  })
}

function stageOf(instructions: readonly Instruction[]): Omit<Stage, 'base' | 'name'> {
  const named = (name: string) =>
    instructions.filter((instruction) => instruction.name === name).map(({ rest }) => rest)
  const list = (rest: string | undefined): string[] => (rest === undefined ? [] : JSON.parse(rest))
  let folder = '/'
  const steps = instructions.flatMap(({ name, rest }) => {
    if (name === 'WORKDIR') folder = rest
    return name === 'RUN' || name === 'COPY' ? [{ name, rest, folder }] : []
  })
  const environment = named('ENV').flatMap((rest) => rest.split(' ').map((pair) => pair.split('=', 2)))
  return {
    steps,
    environment: Object.fromEntries(environment),
    folder,
    user: named('USER').at(-1) ?? 'root',
    volumes: named('VOLUME'),
    command: [...list(named('ENTRYPOINT').at(-1)), ...list(named('CMD').at(-1))],
    health: list(
      named('HEALTHCHECK')
        .at(-1)
        ?.replace(/^.*? CMD /, ''),
    ),
  }
}
