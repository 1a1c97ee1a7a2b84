"""Auxiliary objects often saved with a model: dates, amounts, paths, tables. They are read, checked, and then dropped.

`{"model": model, "trained_at": datetime.now(), "columns": frame.columns}` is an honest file. None of the names here is
ever imported, called or built, wherever in a file it lies: a stream that holds one gives an inert node, the builder
makes the model alone, and inside a model such a node is taken only under a key that no model of that kind has, which is
left behind too. So they need no schema each.
"""

from collections.abc import Mapping

_PLACES: Mapping[str, tuple[str, str]] = {
    "builtins": (
        "Ellipsis complex frozenset list range ArithmeticError AssertionError AttributeError DeprecationWarning "
        "Exception FileNotFoundError ImportError IndexError KeyError LookupError MemoryError ModuleNotFoundError "
        "NotImplementedError OSError OverflowError PermissionError RuntimeError RuntimeWarning TimeoutError TypeError "
        "UserWarning ValueError Warning ZeroDivisionError",
        "plain values as older protocols write them, and what went wrong in a run",
    ),
    "sklearn.exceptions": ("ConvergenceWarning DataConversionWarning NotFittedError", "the same, of scikit-learn"),
    "collections": ("ChainMap Counter OrderedDict UserDict defaultdict deque", "settings and counts"),
    "tblib.pickling_support": (
        "unpickle_exception_with_attrs",
        "what went wrong in a run, as programs write it in which Dask was imported",
    ),
    "types": ("GenericAlias SimpleNamespace", "the type of a field; settings"),
    "typing": (
        "Annotated Any Callable ClassVar Dict Final FrozenSet Iterable Iterator List Literal Mapping MutableMapping "
        "Optional Sequence Set Tuple Type Union",
        "the type of a field",
    ),
    "packaging.version": ("Version", "the version of a library"),
    "argparse": ("Namespace", "the options of a training script"),
    "logging": ("getLogger", "the log of a training script"),
    "operator": ("itemgetter", "how rows were sorted"),
    "_operator": ("getitem", "the type of a field, such as `Optional[str]`; of nothing else"),
    "re": ("RegexFlag _compile", "what a column's texts look like"),
    "string": ("Template", "a text with blanks"),
    "http": ("HTTPMethod HTTPStatus", "what a server answered"),
    "urllib.parse": ("ParseResult SplitResult", "where the data came from"),
    "ipaddress": ("IPv4Address IPv4Network IPv6Address", "the computer of a training run"),
    "platform": ("uname_result", "the computer of a training run"),
    "os": ("stat_result", "size and age of the data's file"),
    "time": ("struct_time", "when the model was trained"),
    "random": ("Random", "the state of the draws"),
    "array": ("_array_reconstructor array", "packed numbers"),
    "_io": ("BytesIO StringIO", "a report or figure as it was written"),
    "datetime": ("date datetime time timedelta timezone tzinfo", "when the model was trained"),
    "zoneinfo": ("ZoneInfo", "the time zone of a moment"),
    "dateutil.tz.tz": ("tzfile tzlocal tzoffset tzutc", "the time zone of a moment"),
    "dateutil.tz._tzfile": ("_unpickle tzfile", "the same"),
    "pytz": ("_UTC _p", "the time zone of a moment, from pandas 1 and 2"),
    "decimal": ("Decimal", "an amount of money"),
    "fractions": ("Fraction", "a share"),
    "statistics": ("NormalDist", "how a column is spread"),
    "uuid": ("SafeUUID UUID", "the number of a training run"),
    "pathlib": ("PosixPath PurePosixPath PureWindowsPath WindowsPath", "where the training data came from"),
    "pathlib._local": ("PosixPath PurePosixPath PureWindowsPath WindowsPath", "the same, from Python 3.13"),
    "joblib.memory": ("Memory", "where a pipeline kept its author's intermediate results"),
    "joblib._store_backends": ("FileSystemStoreBackend", "the folder of those"),
    "pandas": (
        "ArrowDtype BooleanDtype Categorical CategoricalDtype CategoricalIndex DataFrame DateOffset DatetimeIndex "
        "DatetimeTZDtype Float32Dtype Float64Dtype Int16Dtype Int32Dtype Int64Dtype Interval IntervalDtype "
        "IntervalIndex MultiIndex Period PeriodDtype PeriodIndex Series SparseDtype TimedeltaIndex Timestamp",
        "a table beside the model",
    ),
    "pandas.arrays": (
        "ArrowExtensionArray BooleanArray DatetimeArray FloatingArray IntegerArray IntervalArray "
        "PeriodArray SparseArray StringArray TimedeltaArray",
        "a table's column",
    ),
    "pandas._libs.arrays": ("__pyx_unpickle_NDArrayBacked", "a table's column"),
    "pandas._libs.internals": ("_unpickle_block", "a table's columns"),
    "pandas._libs.interval": ("Interval __pyx_unpickle_IntervalMixin", "a table's column"),
    "pandas._libs.sparse": ("IntIndex", "a table's column"),
    "pandas._libs.tslibs.nattype": ("__nat_unpickle _nat_unpickle", "a moment that is not known"),
    "pandas._libs.tslibs.offsets": (
        "BHalfYearBegin BHalfYearEnd BQuarterBegin BQuarterEnd BYearBegin BYearEnd BusinessDay BusinessHour "
        "BusinessMonthBegin BusinessMonthEnd CustomBusinessDay CustomBusinessHour CustomBusinessMonthBegin "
        "CustomBusinessMonthEnd Day Easter FY5253 FY5253Quarter HalfYearBegin HalfYearEnd Hour LastWeekOfMonth Micro "
        "Milli Minute MonthBegin MonthEnd Nano QuarterBegin QuarterEnd Second SemiMonthBegin SemiMonthEnd Week "
        "WeekOfMonth YearBegin YearEnd",
        "the step between moments",
    ),
    "dateutil.relativedelta": ("relativedelta", "the step between moments"),
    "pandas._libs.tslibs.period": ("Period",  "a month"),
    "pandas._libs.tslibs.timedeltas": ("_timedelta_unpickle", "a span of time"),
    "pandas._libs.tslibs.timestamps": ("Timestamp _unpickle_timestamp", "a moment"),
    "pandas.core.frame": ("DataFrame", "a table beside the model, from pandas 1 and 2"),
    "pandas.core.series": ("Series", "a column beside the model, from pandas 1 and 2"),
    "pandas.core.internals.managers": ("BlockManager SingleBlockManager", "a table's columns"),
    "pandas.core.indexes.datetimes": ("DatetimeIndex _new_DatetimeIndex", "a table's rows"),
    "pandas.core.indexes.interval": ("IntervalIndex _new_IntervalIndex", "a table's rows"),
    "pandas.core.indexes.timedeltas": ("TimedeltaIndex _new_TimedeltaIndex", "a table's rows"),
    "pandas.core.indexes.period": ("PeriodIndex", "a table's rows"),
    "pandas.core.indexes.multi": ("MultiIndex", "a table's rows, from pandas 1 and 2"),
    "pandas.core.indexes.category": ("CategoricalIndex", "a table's rows, from pandas 1 and 2"),
    "pandas.core.indexes.numeric": ("Float64Index Int64Index", "a table's rows, from pandas 1"),
    "pandas.core.arrays.boolean": ("BooleanArray BooleanDtype", "a table's column, from pandas 1 and 2"),
    "pandas.core.arrays.categorical": ("Categorical", "a table's column, from pandas 1 and 2"),
    "pandas.core.arrays.datetimes": ("DatetimeArray", "a table's column, from pandas 1 and 2"),
    "pandas.core.arrays.floating": ("FloatingArray Float64Dtype", "a table's column, from pandas 1 and 2"),
    "pandas.core.arrays.integer": ("IntegerArray Int64Dtype", "a table's column, from pandas 1 and 2"),
    "pandas.core.arrays.interval": ("IntervalArray", "a table's column, from pandas 1 and 2"),
    "pandas.core.arrays.period": ("PeriodArray", "a table's column, from pandas 1 and 2"),
    "pandas.core.arrays.sparse.array": ("SparseArray", "a table's column, from pandas 1 and 2"),
    "pandas.core.arrays.sparse.dtype": ("SparseDtype", "a table's column, from pandas 1 and 2"),
    "pandas.core.arrays.string_": ("StringArray StringDtype", "a table's column, from pandas 1 and 2"),
    "pandas.core.arrays.timedeltas": ("TimedeltaArray", "a table's column, from pandas 1 and 2"),
    "pandas.core.dtypes.dtypes": (
        "CategoricalDtype DatetimeTZDtype IntervalDtype PeriodDtype SparseDtype",
        "a table's column, from pandas 1 and 2",
    ),
    "numpy": ("poly1d record", "a fitted polynomial; rows with names"),
    "numpy.rec": ("recarray", "rows with names"),
    "numpy.polynomial.polynomial": ("Polynomial", "a fitted polynomial"),
    "scipy.optimize._optimize": ("OptimizeResult", "the result of a search for a minimum"),
    "scipy.stats._binned_statistic": ("BinnedStatisticResult", "a column summed up by bins"),
    "scipy.stats._binomtest": ("BinomTestResult", "the result of a test"),
    "scipy.stats._common": ("ConfidenceInterval", "the range of a figure"),
    "scipy.stats._crosstab": ("CrosstabResult", "counts of two columns"),
    "scipy.stats._hypotests": (
        "BarnardExactResult BoschlooExactResult CramerVonMisesResult Epps_Singleton_2sampResult SomersDResult "
        "TukeyHSDResult",
        "the result of a test",
    ),
    "scipy.stats._kde": ("gaussian_kde", "how a column is spread"),
    "scipy.stats._mannwhitneyu": ("MannwhitneyuResult", "the result of a test"),
    "scipy.stats._morestats": (
        "Anderson_ksampResult AnsariResult BartlettResult FlignerResult LeveneResult Mean MedianTestResult "
        "ShapiroResult Std_dev Variance WilcoxonResult",
        "the result of a test",
    ),
    "scipy.stats._odds_ratio": ("OddsRatioResult", "the result of a test"),
    "scipy.stats._page_trend_test": ("PageTrendTestResult", "the result of a test"),
    "scipy.stats._relative_risk": ("RelativeRiskResult", "the result of a test"),
    "scipy.stats._resampling": ("BootstrapResult PermutationTestResult", "the result of a test"),
    "scipy.stats._stats_mstats_common": ("SiegelslopesResult TheilslopesResult", "a line through points"),
    "scipy.stats._stats_py": (
        "AlexanderGovernResult BrunnerMunzelResult CumfreqResult DescribeResult F_onewayResult FriedmanchisquareResult "
        "KruskalResult KstestResult KurtosistestResult LinregressResult ModeResult NormaltestResult PearsonRResult "
        "PearsonRResultBase Power_divergenceResult RanksumsResult RelfreqResult SigmaclipResult SignificanceResult "
        "SkewtestResult",
        "the result of a test, or a description of a column",
    ),
    "scipy.stats.contingency": ("Chi2ContingencyResult", "the result of a test"),
    "scipy.interpolate._cubic": ("Akima1DInterpolator CubicSpline PchipInterpolator", "a curve through points"),
    "scipy.interpolate._fitpack2": (
        "InterpolatedUnivariateSpline LSQUnivariateSpline",
        "a curve through points",
    ),
    "scipy.spatial._ckdtree": ("cKDTree", "the nearest of many places"),
    "scipy.spatial._kdtree": ("KDTree", "the nearest of many places"),
    "plotly.graph_objs._figure": ("Figure", "a figure that was drawn"),
    "scipy.sparse._bsr": ("bsr_array bsr_matrix", "a sparse table beside the model"),
    "scipy.sparse._coo": ("coo_array coo_matrix", "a sparse table beside the model"),
    "scipy.sparse._csc": ("csc_array csc_matrix", "a sparse table beside the model"),
    "scipy.sparse._dia": ("dia_array dia_matrix", "a sparse table beside the model"),
    "scipy.sparse._lil": ("lil_array lil_matrix", "a sparse table beside the model"),
    "sklearn.model_selection._search": ("ParameterGrid", "the options that were tried"),
    "sklearn.metrics._plot.confusion_matrix": ("ConfusionMatrixDisplay", "a figure that was not drawn yet"),
    "sklearn.metrics._plot.det_curve": ("DetCurveDisplay", "a figure that was not drawn yet"),
    "sklearn.metrics._plot.precision_recall_curve": ("PrecisionRecallDisplay", "a figure that was not drawn yet"),
    "sklearn.metrics._plot.regression": ("PredictionErrorDisplay", "a figure that was not drawn yet"),
    "sklearn.metrics._plot.roc_curve": ("RocCurveDisplay", "a figure that was not drawn yet"),
    "sklearn.calibration": ("CalibrationDisplay", "a figure that was not drawn yet"),
    "sklearn.model_selection._plot": ("LearningCurveDisplay ValidationCurveDisplay", "a figure that was not drawn yet"),
}  # fmt: skip

_FUNCTIONS: Mapping[str, tuple[str, str]] = {
    "builtins": ("abs all any len max min pow round sorted sum", "how rows are summed up"),
    "math": (
        "ceil cos exp expm1 fabs floor fsum hypot isclose isfinite isnan log log10 log1p log2 pow prod sin sqrt tan "
        "trunc",
        "how rows are summed up",
    ),
    "statistics": (
        "fmean geometric_mean harmonic_mean mean median mode pstdev pvariance quantiles stdev variance",
        "how rows are summed up",
    ),
    "_operator": ("add eq ge gt le lt mul ne neg sub truediv", "a rule"),
    "numpy": (
        "argmax argmin argsort average bincount corrcoef cov digitize dot histogram isclose maximum minimum "
        "nanmax nanmean nanmedian nanmin nanquantile nanstd nansum percentile ptp quantile unique where",
        "how rows are summed up",
    ),
    "pandas": (
        "concat crosstab cut get_dummies isna merge notna qcut to_datetime to_numeric to_timedelta",
        "how a table is prepared",
    ),
    "pandas.core.dtypes.missing": ("isna notna", "how a table is prepared, from pandas 1 and 2"),
    "pandas.core.reshape.concat": ("concat", "how a table is prepared, from pandas 1 and 2"),
    "pandas.core.reshape.encoding": ("get_dummies", "how a table is prepared, from pandas 1 and 2"),
    "pandas.core.reshape.merge": ("merge", "how a table is prepared, from pandas 1 and 2"),
    "pandas.core.reshape.pivot": ("crosstab", "how a table is prepared, from pandas 1 and 2"),
    "pandas.core.reshape.tile": ("cut qcut", "how a table is prepared, from pandas 1 and 2"),
    "pandas.core.tools.datetimes": ("to_datetime", "how a table is prepared, from pandas 1 and 2"),
    "pandas.core.tools.numeric": ("to_numeric", "how a table is prepared, from pandas 1 and 2"),
    "pandas.core.tools.timedeltas": ("to_timedelta", "how a table is prepared, from pandas 1 and 2"),
}

FUNCTIONS: Mapping[str, str] = {
    f"{module}:{name}": reason for module, (names, reason) in _FUNCTIONS.items() for name in names.split()
}
"""Those that are functions: they may lie beside a model, and a file that calls one is refused."""

NAMES: Mapping[str, str] = {
    **{f"{module}:{name}": reason for module, (names, reason) in _PLACES.items() for name in names.split()},
    **FUNCTIONS,
}
"""`module:name` → why it is often saved with a model."""

HOLDERS = frozenset(
    {
        *("argparse:Namespace", "collections:OrderedDict", "collections:defaultdict", "sklearn.utils._bunch:Bunch"),
        "types:SimpleNamespace",
    }
)
"""Those in which a model itself is looked for."""
