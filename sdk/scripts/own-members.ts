import { type Application, Converter, ReflectionKind } from 'typedoc'

/** A TypeDoc plugin: a class shows what it adds, not once more what it inherits. */
export function load({ converter }: Application): void {
  converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const member of project.getReflectionsByKind(ReflectionKind.ClassMember))
      if (member.isDeclaration() && member.inheritedFrom) project.removeReflection(member)
  })
}
