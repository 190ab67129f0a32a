import ts from 'typescript';

/** What the TSDoc of each interface in a source says of its members: interface, then member, then words. */
export function interfacesIn(source) {
  const { statements } = ts.createSourceFile('definition.ts', source, ts.ScriptTarget.Latest, true);
  const interfaces = new Map(
    statements.filter(ts.isInterfaceDeclaration).map((statement) => [statement.name.text, statement]),
  );
  return new Map(
    [...interfaces].map(([name, statement]) => [name, new Map(documented(statement, interfaces))]),
  );
}

/** The documented members of an interface, and before them those that it inherits. */
function documented({ members, heritageClauses = [] }, interfaces) {
  const inherited = heritageClauses
    .flatMap(({ types }) => types.map(({ expression }) => interfaces.get(expression.getText())))
    .filter((statement) => statement !== undefined)
    .flatMap((statement) => documented(statement, interfaces));
  const own = members.filter(isDocumented).map((member) => [member.name.text, documentation(member)]);
  return [...inherited, ...own];
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
