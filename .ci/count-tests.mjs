// Prints how many tests of a vitest report passed, failed and were skipped, and then the names of those that failed.
import { readFileSync } from 'node:fs';

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const skipped = report.numPendingTests + report.numTodoTests;
console.log(report.numPassedTests, report.numFailedTests, skipped);

for (const { name: file, status, message, assertionResults } of report.testResults) {
  const failed = assertionResults.filter((test) => test.status === 'failed');
  for (const test of failed) console.log(`${file}: ${test.fullName}: ${firstLine(test.failureMessages[0])}`);
  if (status === 'failed' && failed.length === 0) console.log(`${file}: ${firstLine(message)}`);
}

function firstLine(text = '') {
  return text.trimStart().split('\n')[0];
}
