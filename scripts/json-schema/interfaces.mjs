import ts from 'typescript';

/**
 * What the TSDoc of the interfaces in a source says: by the name of the interface its own text and link, and by
 * the name of each member its text, its default, the interface that it holds and the one that declares it.
 */
export function interfacesIn(source) {
  const { statements } = ts.createSourceFile('definition.ts', source, ts.ScriptTarget.Latest, true);
  const interfaces = new Map(
    statements.filter(ts.isInterfaceDeclaration).map((statement) => [statement.name.text, statement]),
  );
  return new Map(
    [...interfaces].map(([name, statement]) => [
      name,
      {
        text: textOf(statement),
        see: tagOf(statement, 'see'),
        members: new Map(documented(statement, interfaces)),
      },
    ]),
  );
}

/** The documented members of an interface, and before them those that it inherits. */
function documented({ name, members, heritageClauses = [] }, interfaces) {
  const inherited = heritageClauses
    .flatMap(({ types }) => types.map(({ expression }) => interfaces.get(expression.getText())))
    .filter((statement) => statement !== undefined)
    .flatMap((statement) => documented(statement, interfaces));
  const own = members
    .filter(isDocumented)
    .map((member) => [member.name.text, { ...documentation(member), declaredIn: name.text }]);
  return [...inherited, ...own];
}

function isDocumented(member) {
  return ts.isPropertySignature(member) && textOf(member) !== '';
}

function documentation(member) {
  return {
    text: textOf(member),
    defaultText: tagOf(member, 'default')?.replace(/^- /, ''),
    typeName: typeNameIn(member.type),
  };
}

function textOf(node) {
  return inOneLine(node.jsDoc?.at(-1).comment);
}

function tagOf(node, name) {
  const tag = ts.getJSDocTags(node).find(({ tagName }) => tagName.text === name);
  // TypeScript takes the scheme of an address after @see for the name of something.
  return tag && inOneLine(tag.comment).replace(/^:/, 'https:');
}

function inOneLine(comment) {
  return (ts.getTextOfJSDocComment(comment) ?? '').replace(/\s+/g, ' ').trim();
}

/** The interface in `readonly ClusterDefinition[]`, `AutoscalingDefinition | 'disabled'` or `Record<string, GatewayDefinition>`. */
function typeNameIn(type) {
  if (!ts.isTypeReferenceNode(type)) return ts.forEachChild(type, typeNameIn);
  const name = type.typeName.getText();
  return mapTypes.includes(name) ? typeNameIn(type.typeArguments.at(-1)) : name;
}

const mapTypes = ['Readonly', 'Record', 'Partial'];
