import { type ReactNode, useEffect, useRef } from 'react'

let isFirst = true

/** A page under its heading. Coming from another page, the heading has the focus, so that screen readers begin there. */
export function Page({ title, children }: { title: string; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)

  useEffect(() => {
    if (!isFirst) heading.current?.focus()
    isFirst = false
  }, [])

  useEffect(() => {
    document.title = `${title} · Stagedoor example`
  }, [title])

  return (
    <article>
      <h2 ref={heading} tabIndex={-1}>
        {title}
      </h2>
      {children}
    </article>
  )
}
