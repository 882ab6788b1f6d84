// Unpacks plotly.js, which the page carries, and draws each figure when it comes near the screen.
(async () => {
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  const canHover = matchMedia('(hover: hover)').matches;
  const fontFamily = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';
  // Okabe and Ito's colours, told apart with any colour vision; lighter ones on dark paper.
  const palettes = {
    light: ['#0072b2', '#e69f00', '#009e73', '#d55e00', '#56b4e9', '#cc79a7', '#7a7a7a'],
    dark: ['#56b4e9', '#e69f00', '#2bbf95', '#ff8a4c', '#8fb8ff', '#e3a0c8', '#b0b0b0'],
  };
  const inks = {
    light: {text: '#1c2430', grid: '#d9dfe7', line: '#9aa5b1', paper: '#f5f7fa'},
    dark: {text: '#e4e8ee', grid: '#333c47', line: '#59646f', paper: '#1c222a'},
  };
  const symbols = ['circle', 'square', 'diamond', 'triangle-up', 'cross', 'x', 'star', 'circle-open'];
  const json = JSON.parse(document.getElementById('figures').textContent);
  const plots = [...document.querySelectorAll('.plot')];
  const drawn = new Set();
  let printing = false;
  const theme = () => scheme.matches && !printing ? 'dark' : 'light';

  // The legend stands between title and plot, however many lines its names need at this width; the
  // figure grows with it.
  const entryWidth = (target, names) =>
    Math.min(7.5 * Math.max(...names.map(name => name.length)) + 8, target.clientWidth - 70);
  const legendLines = (target, names) => names.length < 2 ? 0
    : Math.ceil(names.length / Math.max(1, Math.floor((target.clientWidth - 16) / (entryWidth(target, names) + 46))));
  const grow = (target, lines) => {
    target.dataset.height ??= target.clientHeight;
    // A legend that is higher than what is drawn below it gets a scroll bar.
    const height = Math.max(Number(target.dataset.height) + 20 * Math.max(0, lines - 1), 40 * lines + 110);
    target.style.height = height + 'px';
  };

  // Names in the legend; a name that several traces share stands there once.
  const legendNames = data =>
    [...new Set(data.filter(trace => trace.showlegend !== false && trace.type !== 'heatmap').map(trace => trace.name))];

  // Names of an axis would leave a narrow figure no room: shortened, but still told apart; the
  // legend and the tables have them whole.
  const shortened = (name, most) => name.length <= most ? name
    : name.slice(0, Math.ceil((most - 1) / 2)) + '…' + name.slice(-Math.floor((most - 1) / 2));
  const labels = (names, most, between = ' : ') => {
    const short = names.map(name => name.split(' : ').map(part => shortened(part, most)).join(between));
    return new Set(short).size === new Set(names).size ? short : labels(names, most + 4, between);
  };
  const isNarrow = target => target.clientWidth < 420;
  const ticks = (names, ...how) => ({tickmode: 'array', tickvals: names, ticktext: labels(names, ...how)});
  const named = (data, letter, given, narrow) => {
    if (given.categoryarray) {
      return narrow ? {...ticks(given.categoryarray, 22, ' :<br>'), tickfont: {size: 10}} : ticks(given.categoryarray, 24);
    }
    const names = [...new Set(data.flatMap(trace => trace[letter] ?? []))];
    return letter === 'x' && given.type === 'category' ? ticks(names, narrow ? 14 : 24) : {};
  };

  const axis = (given, dark) => {
    const ink = inks[dark];
    const {heat, titlefont, ...rest} = given;
    const title = typeof given.title === 'string' ? {text: given.title} : given.title;
    return {
      ...rest, title: {...title, font: {size: 13}, standoff: 8}, automargin: true,
      gridcolor: ink.grid, linecolor: ink.line, zerolinecolor: ink.line, ...(heat || given.type === 'category' ? {showgrid: false} : {}),
    };
  };

  const frame = (target, data, layout) => {
    const names = legendNames(data);
    const lines = legendLines(target, names);
    grow(target, lines);
    const axes = Object.keys(layout).filter(key => /^[xy]axis\d*$/.test(key));
    return {
      ...layout,
      ...Object.fromEntries(axes.map(key =>
        [key, {...axis(layout[key], theme()), ...named(data, key[0], layout[key], isNarrow(target))}])),
      width: undefined, height: undefined, autosize: true,
      paper_bgcolor: 'rgba(0,0,0,0)', plot_bgcolor: 'rgba(0,0,0,0)',
      colorway: palettes[theme()], dragmode: false,
      font: {family: fontFamily, size: 13, color: inks[theme()].text},
      title: {
        text: layout.title, font: {size: 15}, x: 0, xref: 'container', xanchor: 'left', y: 1,
        yref: 'container', yanchor: 'top', pad: {t: 12, l: 8},
      },
      modebar: {bgcolor: 'rgba(0,0,0,0)', color: inks[theme()].line, activecolor: inks[theme()].text},
      margin: {l: 52, r: 12, t: 46 + 20 * lines, b: 50},
      annotations: (layout.annotations ?? []).map(note =>
        ({...note, text: shortened(note.text, Math.floor((target.clientWidth - 80) / 7.5))})),
      shapes: (layout.shapes ?? []).map(shape => ({...shape, line: {color: inks[theme()].line, width: 1.5, dash: 'dash'}})),
      showlegend: names.length > 1,
      legend: {
        orientation: 'h', xref: 'container', x: 0.01, xanchor: 'left', yref: 'container',
        y: 1 - 36 / target.clientHeight, yanchor: 'top', itemsizing: 'constant',
        entrywidthmode: 'pixels', entrywidth: names.length > 1 ? entryWidth(target, names) : 0,
      },
      ...(layout.coloraxis ? {coloraxis: {...layout.coloraxis, colorscale: 'Cividis', colorbar: {
        orientation: 'h', x: 1, xanchor: 'right', y: 1, yref: 'container', yanchor: 'top', ypad: 8,
        len: 150, lenmode: 'pixels', thickness: 8, tickfont: {size: 11}, nticks: 4,
      }}} : {}),
    };
  };

  // jsplot has no words for these; our own figures name the number of a colour.
  const finish = (trace, own) => {
    const colors = palettes[theme()];
    const {color, symbol, ink, whiskers, ...rest} = trace;
    const chosen = color === undefined ? undefined : colors[color % colors.length];
    if (!own) {
      return trace.type === 'box'
        ? {...trace, boxmean: true, boxpoints: 'outliers', marker: {size: 4}}
        : {...trace, texttemplate: '%{y:.4~r}', textposition: 'auto', textangle: 0, cliponaxis: false};
    }
    if (trace.type === 'box') {
      return {...rest, boxmean: true, marker: {size: 3, opacity: 0.55}, line: {width: 1.5}};
    }
    if (trace.type === 'bar') {
      return {...rest, marker: {color: chosen}, hovertemplate: '%{x:.4~r}<extra>' + rest.name + '</extra>'};
    }
    if (trace.type === 'heatmap') {
      return {...rest, ygap: 1, hovertemplate: '%{y}, %{x:.4~r} s: %{z:.3~r} in flight<extra></extra>'};
    }
    if (whiskers) {
      const error = {color: chosen, thickness: 1.5, width: 5};
      return {
        ...rest, marker: {size: 9, color: chosen, symbol: symbols[symbol % symbols.length]},
        ...(rest.error_x ? {error_x: {...rest.error_x, ...error}} : {}),
        ...(rest.error_y ? {error_y: {...rest.error_y, ...error}} : {}),
      };
    }
    return {
      ...rest,
      line: {width: ink ? 1.5 : 2, ...rest.line, color: ink ? inks[theme()].text : chosen},
      marker: {size: 5, opacity: 0.7, color: chosen, symbol: symbols[(symbol ?? 0) % symbols.length], ...rest.marker},
    };
  };

  const show = (target, given, layout, own) => {
    const isNamed = trace => Array.isArray(trace.y?.[0]) && typeof trace.y[0][0] === 'string';
    const data = !isNarrow(target) ? given : given.map(trace =>
      isNamed(trace) ? {...trace, y: trace.y.map(level => labels(level, 14))} : trace);
    const config = {
      responsive: true, displaylogo: false, displayModeBar: canHover ? 'hover' : false,
      modeBarButtonsToRemove: ['select2d', 'lasso2d', 'autoScale2d'],
    };
    return Plotly.react(target, data.map(trace => finish(trace, own)), frame(target, data, layout), config);
  };

  const draw = plot => {
    drawn.add(plot);
    const own = json[plot.id];
    if (own) {
      return show(plot, own.data, structuredClone(own.layout), true);
    }
    const drawer = {
      newPlot: (target, data, layout) => show(
        document.getElementById(plot.id), data,
        {
          ...layout, boxmode: data.length > 1 ? 'group' : 'overlay', uniformtext: {minsize: 9, mode: 'hide'},
          xaxis: {...layout.xaxis, type: 'category', showgrid: false},
        }, false),
    };
    return faasbenchFigures[plot.id](drawer);
  };

  const failed = error => plots.forEach(plot => {
    if (!drawn.has(plot) || !plot.querySelector('.main-svg')) {
      plot.style.height = 'auto';
      plot.textContent = 'This browser cannot draw the figure (' + error + '); the tables hold its numbers.';
    }
  });

  try {
    const packed = document.getElementById('plotly-gz').textContent.trim();
    const bytes = Uint8Array.from(atob(packed), c => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    const script = document.createElement('script');
    script.textContent = await new Response(stream).text();
    document.head.append(script);
    const redraw = () => drawn.forEach(draw);
    const near = new IntersectionObserver(entries => entries
      .filter(entry => entry.isIntersecting && !drawn.has(entry.target))
      .forEach(entry => draw(entry.target)), {rootMargin: '1200px'});
    plots.forEach(plot => near.observe(plot));
    scheme.addEventListener('change', redraw);
    // All of them, on white paper, whatever the screen shows.
    const print = now => {
      printing = now;
      document.documentElement.classList.toggle('printing', now);
    };
    addEventListener('beforeprint', () => { print(true); plots.forEach(draw); });
    addEventListener('afterprint', () => { print(false); redraw(); });
  } catch (error) {
    failed(error);
  }
})();
