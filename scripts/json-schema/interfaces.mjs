import ts from 'typescript';

/** What the TSDoc of each interface in a source says of its members: interface, then member, then words. */
export function interfacesIn(source) {
  const { statements } = ts.createSourceFile('definition.ts', source, ts.ScriptTarget.Latest, true);
  const interfaces = statements.filter(ts.isInterfaceDeclaration);
  return new Map(
    interfaces.map(({ name, members }) => [
      name.text,
      new Map(members.filter(isDocumented).map((member) => [member.name.text, documentation(member)])),
    ]),
  );
}

function isDocumented(member) {
  return ts.isPropertySignature(member) && member.jsDoc?.at(-1).comment !== undefined;
}

function documentation(member) {
  const tag = ts.getJSDocTags(member).find(({ tagName }) => tagName.text === 'default');
  return {
    text: inOneLine(member.jsDoc.at(-1).comment),
    defaultText: tag && inOneLine(tag.comment).replace(/^- /, ''),
    typeName: typeNameIn(member.type),
  };
}

function inOneLine(comment) {
  return ts.getTextOfJSDocComment(comment).replace(/\s+/g, ' ').trim();
}

/** The interface in `readonly ClusterDefinition[]` or `AutoscalingDefinition | 'disabled'`. */
function typeNameIn(type) {
  if (ts.isTypeReferenceNode(type)) return type.typeName.getText();
  return ts.forEachChild(type, typeNameIn);
}
