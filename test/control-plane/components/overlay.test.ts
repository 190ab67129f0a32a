import { expect, test } from 'vitest';
import { applyOverlayPatch } from '../../../src/control-plane/components/overlay';

const object = {
  metadata: { labels: { a: 'b' } },
  spec: { containers: [{ name: 'a', args: ['--x=1', '--y'] }, { name: 'b' }] },
};

function spec(path: string, value?: unknown): unknown {
  return applyOverlayPatch(object, { path, value }).spec;
}

test.each([
  ['spec.containers.[name:a].args.[-1]', '--z', ['--x=1', '--y', '--z']],
  ['spec.containers[0].args[:--x]', '--w', ['--w', '--y']],
  ['spec.containers.[name:a].args.[:--y]', undefined, ['--x=1']],
])('%s', (path, value, args) => {
  expect(spec(path, value)).toEqual({ containers: [{ name: 'a', args }, { name: 'b' }] });
});

test('maps on the way are created, and not for a removal', () => {
  expect(spec('spec.a.b.c', 1)).toEqual({ ...object.spec, a: { b: { c: 1 } } });
  expect(spec('spec.a.b.c')).toEqual(object.spec);
});

test('an item that the list does not have is ignored, as by istioctl', () => {
  expect(applyOverlayPatch(object, { path: 'spec.containers.[name:c].image', value: 'x' })).toEqual(object);
});

test('a text that looks like a map is a map, unless it is JSON', () => {
  expect(spec('spec.a', 'b: c')).toEqual({ ...object.spec, a: { b: 'c' } });
  expect(spec('spec.a', '{"b": "c"}')).toEqual({ ...object.spec, a: '{"b": "c"}' });
});
