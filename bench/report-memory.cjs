// Loaded into the measured process: leaves its peak memory, in kilobytes, where the bench looks for it.
const { writeFileSync } = require('node:fs');

process.on('exit', () => writeFileSync(process.env.MEMORY_REPORT, String(process.resourceUsage().maxRSS)));
