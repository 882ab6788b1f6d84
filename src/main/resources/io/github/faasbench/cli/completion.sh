
# What picocli's part above does not know: files by their endings, keys and values of --set, columns,
# policies. In bash and in zsh (bashcompinit).
_faasbench_offer() { # $1: what stands before the word; $2: the word; the rest: what may stand there
  local before=$1 word=$2 cut= one
  shift 2
  # bash replaces only what stands behind the last of COMP_WORDBREAKS.
  if [ -n "${BASH_VERSION-}" ]; then
    case ${COMP_WORDBREAKS-=} in
      *=*) case $before in *=*) cut=${before%=*}= ;; esac ;;
    esac
  fi
  before=${before#"$cut"}
  COMPREPLY=()
  for one in "$@"; do
    case $one in
      "$word"*)
        COMPREPLY+=("$before$one")
        case $one in
          *= | */ | *.) [ -z "${BASH_VERSION-}" ] || compopt -o nospace 2>/dev/null ;;
        esac
        ;;
    esac
  done
  return 0
}

_faasbench_files() { # $1: what stands before the word; $2: the word; $3: endings, as .yaml|.yml
  local word=$2 endings=${3//|/ } file ending
  local found
  found=()
  while IFS= read -r file; do
    if [ -d "$file" ]; then
      found+=("$file/")
    else
      for ending in $endings; do
        case $file in *"$ending") found+=("$file") ;; esac
      done
    fi
  done <<EOF
$(compgen -f -- "$word" 2>/dev/null)
EOF
  _faasbench_offer "$1" "$word" "${found[@]}"
}

_faasbench_values() { # $1: a key of the experiment file; its values
  case $1 in
@values@
  esac
}

_faasbench() {
  local line=${COMP_LINE:0:${COMP_POINT:-${#COMP_LINE}}}
  local typed one
  local glob=$-
  set -f
  typed=($line)
  case $glob in *f*) ;; *) set +f ;; esac
  case $line in *[[:space:]]) typed+=("") ;; esac
  local command= option= word= at=0 count=${#typed[@]} plain=0
  for one in "${typed[@]}"; do
    at=$((at + 1))
    if [ "$at" -eq "$count" ]; then
      word=$one
    elif [ "$at" -gt 1 ]; then
      if [ -n "$option" ]; then
        option=
      else
        case $one in
          --set | --group-by | --columns | --jar | --out | --run | --experiment | --format) option=$one ;;
          --fail-on-regression) option=$one ;;
          -*) ;;
          *) if [ -z "$command" ]; then command=$one; else plain=$((plain + 1)); fi ;;
        esac
      fi
    fi
  done
  local before=
  case $word in
    --*=*)
      option=${word%%=*}
      before=$option=
      word=${word#*=}
      ;;
  esac
  case $option in
    --set)
      case $word in
        *=*)
          one=${word%%=*}
          before=$before$one=
          word=${word#*=}
          _faasbench_offer "$before" "$word" $(_faasbench_values "$one")
          ;;
        *) _faasbench_offer "$before" "$word" @keys@ ;;
      esac
      return
      ;;
    --group-by)
      case $word in *,*) before=$before${word%,*}, word=${word##*,} ;; esac
      _faasbench_offer "$before" "$word" @groups@
      return
      ;;
    --columns)
      case $word in *,*) before=$before${word%,*}, word=${word##*,} ;; esac
      case $word in
        *=*) COMPREPLY=() ;;
        *) _faasbench_offer "$before" "$word" @columns@ ;;
      esac
      return
      ;;
    --format) _faasbench_offer "$before" "$word" @formats@ && return ;;
    --jar) _faasbench_files "$before" "$word" ".jar" && return ;;
    --run) _faasbench_offer "$before" "$word" all && return ;;
  esac
  case $option$word in
    -*) ;;
    *)
      case $command in
        run | plan | clean | doctor) _faasbench_files "" "$word" ".yaml|.yml" && return ;;
        nodes) [ "$plain" -eq 0 ] || { _faasbench_files "" "$word" ".yaml|.yml" && return; } ;;
        report | compare) _faasbench_files "" "$word" ".csv|.csv.gz" && return ;;
        policies) _faasbench_offer "" "$word" @policies@ && return ;;
        help) [ "$plain" -ne 0 ] || { _faasbench_offer "" "$word" @commands@ && return; } ;;
      esac
      ;;
  esac
  _complete_faasbench "$@"
}

complete -F _faasbench -o default faasbench ./faasbench
