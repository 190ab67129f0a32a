import { expect, test } from 'vitest';
import { selectorCondition } from '../../src/kubernetes/selector-text';

test.each([
  ['app=istiod', true],
  ['app == istiod, tier != web', true],
  ['app!=istiod', false],
  ['app in (other, istiod)', true],
  ['app notin (other,istiod)', false],
  ['app,!tier', true],
  ['tier', false],
  ['example.com/a=b', true],
])('%s', (text, isMatch) => {
  expect(selectorCondition(text)?.({ app: 'istiod', 'example.com/a': 'b' })).toBe(isMatch);
});

test.each(['app=istiod)', 'app in istiod', '=', 'a=b,,c=d', '-a'])('%s is not valid', (text) => {
  expect(selectorCondition(text)).toBeUndefined();
});
