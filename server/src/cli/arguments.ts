import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import { CommandError } from './terminal.ts'

/**
 * Reads a command's arguments.
 * @param positionals the names of the arguments without `--`, all of them required
 * @throws CommandError that says which argument is wrong
 */
export function readArguments<const Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: Options,
  positionals: readonly string[] = [],
) {
  const parsed = parse(args, options)
  if (parsed.positionals.length > positionals.length)
    throw new CommandError(
      `${JSON.stringify(parsed.positionals[positionals.length])} is one argument too many.`,
    )
  const missing = positionals[parsed.positionals.length]
  if (missing !== undefined) throw new CommandError(`${missing} is missing.`)
  return parsed
}

function parse<const Options extends ParseArgsOptionsConfig>(args: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    const what = error instanceof Error ? error.message.split('. ')[0] : 'The arguments are wrong'
    throw new CommandError(`${what}. Add --help to see what there is.`)
  }
}
