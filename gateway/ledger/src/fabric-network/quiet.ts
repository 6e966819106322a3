/** The library writes to the console otherwise; whoever wants its log sets the variable as its manual says. */
process.env['HFC_LOGGING'] ??= '{}';
