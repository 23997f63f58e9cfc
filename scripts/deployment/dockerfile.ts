import { type Instruction, instructionsOf } from './image/instructions.ts'

interface Rule {
  readonly fault: string
  readonly isBroken: (instructions: readonly Instruction[]) => boolean
}

const named = (name: string, instructions: readonly Instruction[]) =>
  instructions.filter((instruction) => instruction.name === name).map(({ rest }) => rest)
const installs = (instructions: readonly Instruction[]) =>
  named('RUN', instructions).filter((rest) => rest.includes('apt-get install'))
const isList = (rest: string) => /^\[".*"\]$/.test(rest)

/** What is asked of an image, in the order in which it is looked at. */
const rules: readonly Rule[] = [
  {
    fault: 'a base has no tag, or is the latest',
    isBroken: (all) => named('FROM', all).some((rest) => !/^[^ ]+:(?!latest)/.test(rest)),
  },
  { fault: 'it runs as root', isBroken: (all) => /^(?:root|0|)$/.test(named('USER', all).at(-1) ?? '') },
  {
    fault: 'the user is changed before everything is installed',
    isBroken: (all) => {
      const last = all.slice(all.findLastIndex(({ name }) => name === 'FROM'))
      const user = last.findIndex(({ name }) => name === 'USER')
      return last.slice(user).some(({ name }) => name === 'RUN')
    },
  },
  {
    fault: 'packages are installed without -y, with what they recommend, or leave their lists',
    isBroken: (all) =>
      installs(all).some(
        (rest) =>
          !['-y', '--no-install-recommends', 'rm -rf /var/lib/apt/lists/*'].every((part) =>
            rest.includes(part),
          ),
      ),
  },
  {
    fault: 'a program is started through a shell, which keeps signals from it',
    isBroken: (all) => [...named('ENTRYPOINT', all), ...named('CMD', all)].some((rest) => !isList(rest)),
  },
  { fault: 'nothing is started', isBroken: (all) => named('ENTRYPOINT', all).length !== 1 },
  { fault: 'nothing looks whether it is well', isBroken: (all) => named('HEALTHCHECK', all).length !== 1 },
  {
    fault: 'an ADD does more than a COPY says',
    isBroken: (all) => named('ADD', all).length > 0,
  },
  {
    fault: 'a folder is changed into by cd or is relative',
    isBroken: (all) =>
      named('WORKDIR', all).some((rest) => !rest.startsWith('/')) ||
      named('RUN', all).some((rest) => /\bcd /.test(rest)),
  },
]

/** What is wrong with a Dockerfile, a sentence each. */
export function dockerfileFaults(text: string): readonly string[] {
  const instructions = instructionsOf(text)
  return rules.filter(({ isBroken }) => isBroken(instructions)).map(({ fault }) => fault)
}

/** What an image takes out of its build, as paths of the repository. */
export const copiedFromBuild = (text: string): readonly string[] =>
  named('COPY', instructionsOf(text))
    .filter((rest) => rest.startsWith('--from=build '))
    .map((rest) => rest.split(' ').at(-1) ?? '')
