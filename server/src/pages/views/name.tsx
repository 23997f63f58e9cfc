/** A name somebody chose: it neither reorders the text around it nor stacks marks over it. */
export function Name({ text }: { text: string }) {
  return <bdi>{text.replace(/(\p{M}{4})\p{M}+/gu, '$1')}</bdi>
}
