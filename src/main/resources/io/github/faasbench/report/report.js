// Unpacks plotly.js, which the page carries, and draws the figures that the scripts above queued.
(async () => {
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  const canHover = matchMedia('(hover: hover)').matches;
  const colors = ['#4c86c6', '#ee8a2a', '#4fa866', '#b77bb4', '#d9564f', '#5fb0ab', '#a98467', '#8c93a0'];
  const plots = () => document.querySelectorAll('.plot');
  const ink = dark => dark
    ? {text: '#e4e8ee', grid: '#333c47', line: '#59646f'}
    : {text: '#1c2430', grid: '#d9dfe7', line: '#9aa5b1'};

  const themed = dark => {
    const {text, grid, line} = ink(dark);
    return {
      'font.color': text, 'modebar.color': line, 'modebar.activecolor': text,
      'xaxis.gridcolor': grid, 'xaxis.linecolor': line, 'xaxis.zerolinecolor': line,
      'yaxis.gridcolor': grid, 'yaxis.linecolor': line, 'yaxis.zerolinecolor': line,
    };
  };

  // The legend stands between title and plot, however many lines its names need at this width.
  const legendLines = (target, data) => data.length < 2 ? 0
    : Math.ceil(data.reduce((sum, trace) => sum + 50 + 7.5 * trace.name.length, 0) / (target.clientWidth - 72));

  const frame = (target, data, layout) => ({
    ...layout,
    width: undefined, height: undefined, autosize: true,
    paper_bgcolor: 'rgba(0,0,0,0)', plot_bgcolor: 'rgba(0,0,0,0)',
    colorway: colors, dragmode: false, boxmode: data.length > 1 ? 'group' : 'overlay',
    font: {family: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif', size: 13},
    title: {text: layout.title, font: {size: 15}, x: 0.01, xanchor: 'left', y: 1, yanchor: 'top', pad: {t: 12}},
    modebar: {bgcolor: 'rgba(0,0,0,0)'},
    margin: {l: 60, r: 12, t: 44 + 22 * legendLines(target, data), b: 56},
    showlegend: data.length > 1,
    legend: {orientation: 'h', x: 0, yref: 'container', y: 1 - 36 / target.clientHeight, yanchor: 'top'},
    uniformtext: {minsize: 9, mode: 'hide'},
    xaxis: {...layout.xaxis, titlefont: {size: 13}, automargin: true, type: 'category', showgrid: false},
    yaxis: {...layout.yaxis, titlefont: {size: 13}, automargin: true},
  });

  // jsplot has no field for these.
  const finish = trace => trace.type === 'box'
    ? {...trace, boxmean: true, boxpoints: 'outliers', marker: {size: 4}}
    : {...trace, texttemplate: '%{y:.4~r}', textposition: 'auto', textangle: 0, cliponaxis: false};

  const drawer = {
    newPlot: (target, data, layout) => Plotly.newPlot(
      target, data.map(finish), frame(target, data, layout),
      {
        responsive: true, displaylogo: false, displayModeBar: canHover ? 'hover' : false,
        modeBarButtonsToRemove: ['select2d', 'lasso2d', 'autoScale2d'],
      }),
  };

  const recolor = dark => Promise.all([...plots()].map(plot => Plotly.relayout(plot, themed(dark))));

  try {
    const packed = document.getElementById('plotly-gz').textContent.trim();
    const bytes = Uint8Array.from(atob(packed), c => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    const script = document.createElement('script');
    script.textContent = await new Response(stream).text();
    document.head.append(script);
    for (const draw of faasbenchFigures) {
      draw(drawer);
    }
    await recolor(scheme.matches);
    scheme.addEventListener('change', () => recolor(scheme.matches));
    addEventListener('beforeprint', () => recolor(false));
    addEventListener('afterprint', () => recolor(scheme.matches));
  } catch (error) {
    plots().forEach(plot => {
      plot.style.height = 'auto';
      plot.textContent = 'This browser cannot draw the figure (' + error + '); the tables hold its numbers.';
    });
  }
})();
