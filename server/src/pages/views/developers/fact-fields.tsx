import { Field } from '../form.tsx'

/** The fields of what an app says of itself, by the names of RFC 7591 §2. */
export const factFields = {
  clientUri: 'client_uri',
  tosUri: 'tos_uri',
  policyUri: 'policy_uri',
  contact: 'contact',
} as const

/** Something that an app may say of itself. */
export type FactName = keyof typeof factFields

/** A value for each fact that an app may say of itself. */
export const factsBy = <T,>(of: (name: FactName) => T): Record<FactName, T> => ({
  clientUri: of('clientUri'),
  tosUri: of('tosUri'),
  policyUri: of('policyUri'),
  contact: of('contact'),
})

/** What is wrong with the facts, each with its field. */
export const factMistakes = (
  mistakes: Record<FactName, string | undefined>,
): readonly (readonly [field: string, words: string])[] =>
  shown.flatMap(({ name }) => {
    const words = mistakes[name]
    return words === undefined ? [] : [[factFields[name], words] as const]
  })

const shown = [
  { name: 'clientUri', label: 'Website', kind: 'url' },
  { name: 'tosUri', label: 'Terms', kind: 'url' },
  { name: 'policyUri', label: 'Privacy policy', kind: 'url' },
  { name: 'contact', label: 'Contact', kind: 'handle' },
] as const

/** What the fields held when they were first shown. */
export const WereFacts = ({ values }: { values: Record<FactName, string> }) => (
  <>
    {shown.map(({ name }) => (
      <input key={name} type="hidden" name={`was_${factFields[name]}`} value={values[name]} />
    ))}
  </>
)

/** The fields of what an app says of itself, for the people who log in to it. */
export function FactFields({
  values,
  mistakes,
}: {
  values: Record<FactName, string>
  mistakes: Record<FactName, string | undefined>
}) {
  return (
    <fieldset class="links" aria-describedby="links-hint">
      <legend>For the people who log in</legend>
      <p class="quiet" id="links-hint">
        Links that stand where your app asks for their account. Each may be left out; the contact is an email
        or the address of a page.
      </p>
      {shown.map(({ name, label, kind }) => (
        <Field
          key={name}
          name={factFields[name]}
          label={label}
          kind={kind}
          isOptional
          autocomplete="off"
          value={values[name]}
          error={mistakes[name]}
        />
      ))}
    </fieldset>
  )
}
